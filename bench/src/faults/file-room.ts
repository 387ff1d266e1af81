import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** The folder of a running hub's files, whose disk can be full. */
export interface FileRoom {
  /** Whether the disk is a real one that is full; else the folder cannot be written to, which is as near as this machine allows. */
  readonly isReal: boolean;
  makeRoom(): void;
  close(): void;
}

/** Takes the room away: by a small disk mounted over the folder where this machine lets us, else by a file that stands where the folder was. */
export function fill(folder: string): FileRoom {
  mkdirSync(folder, { recursive: true });
  return smallDisk(folder) ?? noFolder(folder);
}

function smallDisk(folder: string): FileRoom | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return {
    isReal: true,
    makeRoom: () => void execFileSync('mount', ['-o', 'remount,size=64m', folder], { stdio: 'ignore' }),
    // Lazily: the hub may still hold a file open in it.
    close: () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }),
  };
}

function noFolder(folder: string): FileRoom {
  const aside = `${folder}.aside`;
  renameSync(folder, aside);
  writeFileSync(folder, '');
  return {
    isReal: false,
    makeRoom: () => {
      rmSync(folder);
      renameSync(aside, folder);
    },
    close: () => undefined,
  };
}
