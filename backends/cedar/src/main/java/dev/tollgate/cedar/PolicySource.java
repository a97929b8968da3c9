package dev.tollgate.cedar;

/**
 * One file of policies.
 *
 * @param name the file's name, as messages and ids of nameless policies show it
 * @param text what it says
 */
record PolicySource(String name, String text) {

  /** The 1-based line of an offset in characters. */
  int line(int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
