#!/usr/bin/env bash
# Measures everything that docs/performance.md shows, into bench/results/.
set -euo pipefail
cd "$(dirname "$0")/.."
npm ci --prefix bench --silent
npm run --silent build:code
mkdir -p bench/results
npx tsx bench/cold-start.ts --json bench/results/cold-o200k_base.json
# Two peers take a quarter of an hour for a table: they are in the first alone.
quick=tokenfare,tiktoken-wasm,gpt-tokenizer,ai-tokenizer,kitoken-wasm
npx tsx bench/throughput.ts --encoding cl100k_base --only $quick --json bench/results/count-cl100k_base.json
for encoding in o200k_base cl100k_base; do
  npx tsx bench/throughput.ts --encoding $encoding --only $quick --encode --json bench/results/encode-$encoding.json
done
npx tsx bench/throughput.ts --encoding o200k_base --json bench/results/count-o200k_base.json
