/** The names of the pages. */
export const pages = {
  access: "Who can see what",
  grant: "Allow",
  looked: "Who looked",
  safety: "Safety",
  review: "Review",
  move: "Move",
};
