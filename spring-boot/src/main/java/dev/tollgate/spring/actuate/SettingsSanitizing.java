package dev.tollgate.spring.actuate;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Keeps what could be secret in {@code tollgate.*} settings out of endpoints that show settings,
 * whatever those were told to show.
 */
final class SettingsSanitizing implements SanitizingFunction {
  private static final Pattern SECRET =
      Pattern.compile("(secret|password|passphrase|private|token$|[.-]key$)");
  // Up to the last @: a password may hold one, or a slash, and a value several addresses.
  private static final Pattern USER_INFO =
      Pattern.compile("([a-z][a-z0-9+.-]*://)\\S*@", Pattern.CASE_INSENSITIVE);

  @Override
  public SanitizableData apply(SanitizableData data) {
    // In the environment a key is written TOLLGATE_OAUTH_ISSUER.
    String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
    if (!key.startsWith("tollgate.") || data.getValue() == null) {
      return data;
    }
    if (SECRET.matcher(key).find()) {
      return data.withSanitizedValue();
    }
    String value = data.getValue().toString();
    return USER_INFO.matcher(value).find()
        ? data.withValue(
            USER_INFO.matcher(value).replaceAll("$1" + SanitizableData.SANITIZED_VALUE + "@"))
        : data;
  }
}
