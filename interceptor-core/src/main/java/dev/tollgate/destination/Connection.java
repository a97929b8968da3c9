package dev.tollgate.destination;

import java.net.InetAddress;

/**
 * Whom a client that the gate supplies is about to connect to, inside a call.
 *
 * @param host the canonical host, with its port unless it is the scheme's own
 * @param address the one address that it will connect to
 * @param zone the trust zone of the host
 * @param redirects how many redirects led here
 */
public record Connection(String host, InetAddress address, String zone, int redirects) {}
