#!/usr/bin/env bash
# Measures everything that docs/performance.md shows, into bench/results/.
set -euo pipefail
cd "$(dirname "$0")/.."
npm ci --prefix bench --silent
npm run --silent build:code
mkdir -p bench/results
for encoding in o200k_base cl100k_base; do
  npx tsx bench/throughput.ts --encoding "$encoding" --json "bench/results/count-$encoding.json"
  npx tsx bench/throughput.ts --encoding "$encoding" --encode --json "bench/results/encode-$encoding.json"
done
npx tsx bench/cold-start.ts --json bench/results/cold-o200k_base.json
