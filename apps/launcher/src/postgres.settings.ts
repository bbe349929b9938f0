/**
 * Reachable from this machine only, and silent about content: no statement, parameter, detail or error message that
 * could quote a row is ever written to the log. What went wrong is logged by the application, by code.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: 200,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_statement: 'none',
  log_min_duration_statement: -1,
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_min_error_statement: 'panic',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
};

const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Without fsync a crash of the machine loses data: for tests only. */
export const serverFlags = (port: number, fsync: boolean) =>
  Object.entries({ ...settings, ...(fsync ? {} : fast), port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

export const initdbFlags = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=und', '--auth=scram-sha-256'];
