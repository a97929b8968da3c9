/** Hands the credential of a call to the HTTP requests that its tool makes. */
@NullMarked
package dev.tollgate.springai.credential;

import org.jspecify.annotations.NullMarked;
