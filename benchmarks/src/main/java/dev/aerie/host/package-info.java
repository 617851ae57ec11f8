/// This machine as the commands see it: where the fleet's products lie, child processes, ports, what a process costs.
@NullMarked
package dev.aerie.host;

import org.jspecify.annotations.NullMarked;
