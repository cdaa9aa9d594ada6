/** Why a checker cannot tell: a sentence for people that repeats no secret and no foreign text at length. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}
