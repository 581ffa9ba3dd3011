import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "**/node_modules/",
    "**/dist/",
    "artifacts/",
    "cache/",
    "coverage/",
    "deployments/",
    "sdk/src/generated/",
    "sdk/src/codes/codes.generated.ts",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers and bigints read well in a sentence; objects and undefined do not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allow: ["bigint"] }],
      // A name that starts with an underscore says that it is not used.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_event$" }],
      // Arrow functions that only call: `() => done()`.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // A key of a table may be written as one: `codings["actCode"]`.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      // Overloads are told apart by what their documentation says.
      "@typescript-eslint/unified-signatures": "off",
      // Names of codes are plain ASCII: their characters are their units.
      "@typescript-eslint/no-misused-spread": ["error", { allow: [{ from: "lib", name: "string" }] }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // chai's `expect(x).to.be.true` is an expression, `describe` and `it` need no names for their promises.
      "@typescript-eslint/no-unused-expressions": "off",
      // A test says that something is there by using it.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["portal/src/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"] ?? reactHooks.configs.flat.recommended],
  },
  {
    // In the page of a local chain, and of its tests.
    files: ["portal/local/*.js", "test/portal/support/*.js"],
    languageOptions: {
      globals: {
        window: "readonly",
        crypto: "readonly",
        confirm: "readonly",
        CustomEvent: "readonly",
        Event: "readonly",
      },
    },
  },
  {
    // Runs on any Node, however old.
    files: ["**/*.cjs"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { console: "readonly", process: "readonly", require: "readonly" },
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: { globals: { console: "readonly", fetch: "readonly", process: "readonly" } },
  },
);
