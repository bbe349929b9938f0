const year = 31_536_000;

export const readCookie = (name: string) =>
  decodeURIComponent(
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? '',
  );

/** For choices of the reader only (language, contrast): never for anything that names a person. */
export function writeCookie(name: string, value: string) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${value ? year : 0}; SameSite=Lax${secure}`;
}
