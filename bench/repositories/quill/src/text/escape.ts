const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

export function renderAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return present.map(([name, value]) => ` ${name}="${escapeHtml(value ?? '')}"`).join('');
}
