/** What Anthropic's usage object says besides totals, which SDKs hand on inside their own: a cache of an hour, and searches. */
export const anthropicUsage = {
  input_tokens: 10,
  output_tokens: 5,
  cache_read_input_tokens: 20,
  cache_creation_input_tokens: 100,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 100 },
  server_tool_use: { web_search_requests: 2 },
}
