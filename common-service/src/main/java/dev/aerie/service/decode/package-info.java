/// What a service decodes video by.
@NullMarked
package dev.aerie.service.decode;

import org.jspecify.annotations.NullMarked;
