/// One thread per camera that sends commands: the newest one wins, every move has an end, a camera that fails is
/// retried.
@NullMarked
package dev.aerie.ptz.command;

import org.jspecify.annotations.NullMarked;
