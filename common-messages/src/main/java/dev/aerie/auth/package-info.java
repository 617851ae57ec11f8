/// Credentials and how they are proven: Digest and Basic, for both ends of a connection.
@NullMarked
package dev.aerie.auth;

import org.jspecify.annotations.NullMarked;
