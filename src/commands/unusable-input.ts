/** Arguments or files that a command cannot work with; the message is all that is printed of it. */
export class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}
