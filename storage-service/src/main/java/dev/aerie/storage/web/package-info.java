/// The HTTP interface of the archive: search, playback, clips, messages, protection and removal.
@NullMarked
package dev.aerie.storage.web;

import org.jspecify.annotations.NullMarked;
