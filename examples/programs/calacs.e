#!/bin/sh
# Stands in for HSTCAL's calacs.e in the example; see calibrator.ts.
examples=$(cd "$(dirname "$0")/.." && pwd)
exec "$examples/../node_modules/.bin/tsx" "$examples/calibrator.ts" "$@"
