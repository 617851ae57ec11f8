/// Folders of what services keep.
@NullMarked
package dev.aerie.files;

import org.jspecify.annotations.NullMarked;
