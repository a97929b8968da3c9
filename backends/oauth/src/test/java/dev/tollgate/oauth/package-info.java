/** Tests against a real authorization server and against one that misbehaves. */
@NullMarked
package dev.tollgate.oauth;

import org.jspecify.annotations.NullMarked;
