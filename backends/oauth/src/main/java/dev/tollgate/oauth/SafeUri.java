package dev.tollgate.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses that a token may be sent to. */
final class SafeUri {
  static final String RULE =
      "must be an https URI without user and fragment (http only on the loopback)";
  // Literals only: a name that resolves to the loopback today may resolve elsewhere tomorrow.
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private SafeUri() {}

  /** The URI, {@code null} if a token may not be sent there. */
  static @Nullable URI parse(String text) {
    try {
      URI uri = new URI(text);
      return isSafe(uri) ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  static boolean isSafe(URI uri) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (scheme == null || host == null) {
      return false;
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return false;
    }
    return scheme.equals("https") || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
  }
}
