/** Credentials for single calls by OAuth 2.0 token exchange (RFC 8693), checked and revoked. */
@NullMarked
package dev.tollgate.oauth;

import org.jspecify.annotations.NullMarked;
