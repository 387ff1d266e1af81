/** In bytes: `sun_path` holds 104 on macOS, 108 on Linux, its end included; the name of the socket itself takes up to 15 of them. */
const LONGEST = 104 - '/.s.PGSQL.65535'.length - 1;
/** The setting is a list, with signs of its own. */
const PLAIN = /^[\w./-]+$/;

/**
 * Where the server puts its Unix socket, as `unix_socket_directories` has it: a question takes a quarter less time over it than over the loopback. It lies among the data,
 * where only the server, this user and root may come. Empty where there can be none; the port on the loopback is always there.
 */
export const socketFolderFor = (dataDir: string): string =>
  process.platform !== 'win32' && PLAIN.test(dataDir) && dataDir.length <= LONGEST ? dataDir : '';

/** What PostgreSQL leaves in the folder of its socket when it is killed: by its port, which the next one need not have. */
export const SOCKET_FILE = /^\.s\.PGSQL\.\d+(?:\.lock)?$/;
