/// How well objects were followed, measured against the truth as the MOT Challenge does.
@NullMarked
package dev.aerie.evaluation.mot;

import org.jspecify.annotations.NullMarked;
