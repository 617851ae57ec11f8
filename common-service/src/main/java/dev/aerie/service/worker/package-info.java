/// The stream workers of a replica: started, ended, restarted.
@NullMarked
package dev.aerie.service.worker;

import org.jspecify.annotations.NullMarked;
