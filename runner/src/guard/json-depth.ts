/**
 * Whether objects and lists in a JSON text lie at most so deep inside each other. It reads the text without
 * parsing it: what is refused must not have cost a parse, nor the deep recursion of whoever handles the value.
 */
export function isWithinDepth(json: string, maxDepth: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case 0x22: // "
        inText = !inText;
        break;
      case 0x5c: // \, which takes the next character along
        if (inText) at += 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (!inText) depth += 1;
        if (depth > maxDepth) return false;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!inText) depth -= 1;
        break;
      default:
    }
  }
  return true;
}
