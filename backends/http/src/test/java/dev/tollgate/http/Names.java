package dev.tollgate.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name service whose answers are written down beforehand; the last one stays. */
final class Names implements NameResolver {
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * @param addresses one answer each, several addresses of one answer with a space between
   */
  Names with(String name, String... addresses) {
    answers.put(name, new ArrayDeque<>(List.of(addresses)));
    return this;
  }

  @Override
  public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
    asked.add(host);
    Deque<String> left = answers.get(host);
    if (left == null) {
      throw new UnknownHostException(host);
    }
    String answer = left.size() > 1 ? left.remove() : left.element();
    List<InetAddress> addresses = new java.util.ArrayList<>();
    for (String address : answer.split(" ", -1)) {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      addresses.add(InetAddress.getByAddress(host, bytes));
    }
    return addresses;
  }
}
