import { access } from "./access.js";
import { common } from "./common.js";
import { connect } from "./connect.js";
import { errors } from "./errors.js";
import { grant } from "./grant.js";
import { looked } from "./looked.js";
import { move } from "./move.js";
import { pages } from "./pages.js";
import { review } from "./review.js";
import { safety } from "./safety.js";
import { sign } from "./sign.js";

/** English, and what every other language must have. */
export const en = { access, common, connect, errors, grant, looked, move, pages, review, safety, sign };

export type Texts = typeof en;
