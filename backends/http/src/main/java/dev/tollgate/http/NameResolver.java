package dev.tollgate.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. Asked once for a request, and once more for each redirect. */
@FunctionalInterface
public interface NameResolver {
  /** What the JDK and the operating system say. */
  NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * @param host a canonical name, never an address
   * @return every address, the preferred one first
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
