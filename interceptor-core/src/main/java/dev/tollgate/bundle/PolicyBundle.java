package dev.tollgate.bundle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Policies that belong together, with what says how long and in which order they count.
 *
 * @param name what the set is called: 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param sequence higher in each bundle of that name, so that an old one cannot come back
 * @param notBefore from when on it counts, to the second; {@code null}: at once
 * @param expires until when it counts, to the second
 * @param files the policies by file name, such as {@code pay.cedar}
 * @param manifest the tool manifest they were written for; {@code null} if it lies elsewhere
 */
public record PolicyBundle(
    String name,
    long sequence,
    @Nullable Instant notBefore,
    Instant expires,
    Map<String, String> files,
    @Nullable String manifest) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}\\.cedar");
  private static final int MOST_FILES = 1000;

  /** Room for the seconds of all years with four digits. */
  private static final long MOST = 253_402_300_799L;

  /**
   * Checks its parts.
   *
   * @throws BundleException if one cannot be used
   */
  public PolicyBundle {
    if (!NAME.matcher(name).matches()) {
      throw new BundleException("the bundle's name is not 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    if (sequence < 1 || sequence > MOST) {
      throw new BundleException("the bundle's sequence is not 1 to " + MOST);
    }
    notBefore = notBefore == null ? null : notBefore.truncatedTo(ChronoUnit.SECONDS);
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
    if (notBefore != null && !notBefore.isBefore(expires)) {
      throw new BundleException("the bundle expires before it counts");
    }
    if (files.size() > MOST_FILES) {
      throw new BundleException("the bundle has more than " + MOST_FILES + " files");
    }
    for (String file : files.keySet()) {
      if (!FILE.matcher(file).matches()) {
        throw new BundleException("the bundle has a file whose name is not like pay.cedar");
      }
    }
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * Whether it may follow another one.
   *
   * @throws BundleException if it is older, or another set
   */
  public void requireAfter(PolicyBundle before) {
    if (!name.equals(before.name)) {
      throw new BundleException(
          "the bundle is called " + name + ", but the one in force " + before.name);
    }
    if (sequence < before.sequence || (sequence == before.sequence && !equals(before))) {
      throw new BundleException(
          "the bundle's sequence is " + sequence + ", not above " + before.sequence + " in force");
    }
  }
}
