#!/usr/bin/env node
import process from "node:process";

// Node 22 calls node:sqlite an experiment. That line is left out, and no other.
const emitWarning = process.emitWarning.bind(process);
process.emitWarning = (warning, ...details) => {
  if (!String(warning).startsWith("SQLite is an experimental feature")) emitWarning(warning, ...details);
};

await import("../dist/main.js");
