/// What services that remove old files have in common: how old something is, and what was removed in vain.
@NullMarked
package dev.aerie.service.retention;

import org.jspecify.annotations.NullMarked;
