/// Video with its number burnt in, and an archive to put it into.
@NullMarked
package dev.aerie.storage.testing;

import org.jspecify.annotations.NullMarked;
