#!/usr/bin/env node
// Stands for the solc program, which slither expects: the compiler of the npm package.
const { readFileSync } = require("node:fs");
const solc = require("solc");

if (process.argv.includes("--version")) console.log(`solc, the solidity compiler\nVersion: ${solc.version()}`);
else process.stdout.write(solc.compile(readFileSync(0, "utf8")));
