/// Object detection: by models and by motion.
@NullMarked
package dev.aerie.vision.detect;

import org.jspecify.annotations.NullMarked;
