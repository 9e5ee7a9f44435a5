// Selectors of the plan as people say them: "post:commander" is the post's name and who holds it.
import type { IncidentView } from '../base/model';

export function selector_text(of: IncidentView, selector: string): string {
  const post = of.directory?.posts.find((one) => `post:${one.code}` === selector);
  if (post === undefined) return selector;
  return post.holder?.name ? `${post.name} ${post.holder.name}` : post.name;
}
