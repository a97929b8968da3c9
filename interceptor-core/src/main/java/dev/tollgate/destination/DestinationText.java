package dev.tollgate.destination;

import java.util.Locale;
import java.util.Map;

/** Tells what kind of destination a text is, and takes the authority out of it. */
final class DestinationText {
  /** The schemes whose hosts every program reads alike, with their ports. */
  private static final Map<String, Integer> PORTS =
      Map.of("http", 80, "https", 443, "ws", 80, "wss", 443, "ftp", 21);

  private static final String MAILTO = "mailto:";
  private static final String SEPARATOR = "://";

  private DestinationText() {}

  static Authority parse(String text) throws UnreadableDestinationException {
    if (text.isEmpty()) {
      throw new UnreadableDestinationException("names no place");
    }
    visible(text);
    int separator = text.indexOf(SEPARATOR);
    if (separator >= 0) {
      return url(text.substring(0, separator), text.substring(separator + SEPARATOR.length()));
    }
    if (text.regionMatches(true, 0, MAILTO, 0, MAILTO.length())) {
      return new Authority(Mailbox.host(text.substring(MAILTO.length())), Authority.USUAL);
    }
    return text.indexOf('@') >= 0
        ? new Authority(Mailbox.host(text), Authority.USUAL)
        : Authority.bare(text);
  }

  /** A host that stands alone, with or without a port; nothing else. */
  static Authority bare(String text) throws UnreadableDestinationException {
    visible(text);
    return Authority.bare(text);
  }

  private static Authority url(String scheme, String rest) throws UnreadableDestinationException {
    Integer port = PORTS.get(scheme.toLowerCase(Locale.ROOT));
    if (port == null) {
      throw new UnreadableDestinationException("a URL is http, https, ws, wss, ftp or mailto");
    }
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(0, end);
    // Older programs end the authority only at a slash: to them all before this @ is a user name.
    boolean later = !rest.startsWith("/", end) && rest.indexOf('@') >= 0;
    if (later || authority.indexOf('@') >= 0) {
      throw new UnreadableDestinationException("a URL with a user name");
    }
    if (authority.indexOf('%') >= 0) {
      // Browsers decode it before they look the name up, most libraries do not.
      throw new UnreadableDestinationException("a host with percent-encoding");
    }
    return Authority.ofUrl(authority, port);
  }

  private static void visible(String text) throws UnreadableDestinationException {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int point = text.codePointAt(at);
      boolean hidden =
          switch (Character.getType(point)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.SPACE_SEPARATOR,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
          };
      if (hidden || point == '\\') {
        throw new UnreadableDestinationException(
            "has a space, a backslash or a character that is not shown");
      }
    }
  }
}
