import type { Adjuster } from './adjuster';
import type { Needs } from './needs';
import type { Relaxation, RoutingPolicy } from './policy';

/** One wish of a conversation, and how well an adjuster meets it. */
interface Skill {
  readonly level: number;
  readonly required: number;
  readonly weight: number;
}

/** How well somebody speaks a language, 0–5; `zh-TW` is served by whoever speaks any Chinese. */
export function languageLevel(adjuster: Pick<Adjuster, 'languages'>, tag: string): number {
  const exact = adjuster.languages[tag];
  if (exact !== undefined) return exact;
  const family = primary(tag);
  return Math.max(
    0,
    ...Object.entries(adjuster.languages)
      .filter(([spoken]) => primary(spoken) === family)
      .map(([, level]) => level),
  );
}

/** Whether an adjuster has what is still asked for at one step of relaxation. */
export function isSkilled(adjuster: Adjuster, needs: Needs, step: Relaxation, policy: RoutingPolicy): boolean {
  const required = Math.max(1, policy.level - step.levelsDown);
  return wishes(adjuster, needs, policy, step.drop).every((skill) => skill.level >= required);
}

/** 0–1: the weighted share of the wishes that somebody meets; 1 where nothing is wished for. */
export function skillScore(adjuster: Adjuster, needs: Needs, policy: RoutingPolicy): number {
  const skills = wishes(adjuster, needs, policy, []);
  const weight = skills.reduce((sum, skill) => sum + skill.weight, 0);
  if (weight === 0) return 1;
  return skills.reduce((sum, skill) => sum + skill.weight * Math.min(skill.level / skill.required, 1), 0) / weight;
}

function wishes(adjuster: Adjuster, needs: Needs, policy: RoutingPolicy, dropped: readonly ('line' | 'language')[]): Skill[] {
  const skills: Skill[] = [];
  if (needs.line && !dropped.includes('line'))
    skills.push({ level: adjuster.lines[needs.line] ?? 0, required: policy.level, weight: policy.weights.line });
  if (needs.language && !dropped.includes('language')) {
    skills.push({ level: languageLevel(adjuster, needs.language), required: policy.level, weight: policy.weights.language });
  }
  return skills;
}

const primary = (tag: string): string => tag.toLowerCase().split('-')[0]!;
