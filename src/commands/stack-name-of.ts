const longest = 128;

/** What the stack of a file among several is called: `services/billing/template.yaml` is `services-billing`. */
export function stackNameOf(file: string): string {
  const name = file
    .replace(/(?:\.template)?\.(?:ya?ml|json)$/i, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/-(?:template|serverless)$/, '');
  return (/^[A-Za-z]/.test(name) ? name : `stack-${name}`).slice(-longest).replace(/^[^A-Za-z]+/, '');
}
