/// What log lines look like.
@NullMarked
package dev.aerie.service.log;

import org.jspecify.annotations.NullMarked;
