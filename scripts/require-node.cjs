// Runs on any Node, however old, and says in one line when it is too old.
const required = require("../package.json").engines.node.replace(/^>=/, "");
const [major, minor] = required.split(".").map(Number);
const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
  console.error(
    `Consentry needs Node >= ${required}, this is ${process.versions.node}: install a newer one, or put \`npx -y -p node@24 -c "..."\` around the command.`,
  );
  process.exit(1);
}
