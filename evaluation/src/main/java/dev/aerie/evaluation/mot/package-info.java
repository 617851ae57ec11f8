/// Multi-object tracking scores as in the MOT Challenge: CLEAR MOT, IDF1, HOTA.
@NullMarked
package dev.aerie.evaluation.mot;

import org.jspecify.annotations.NullMarked;
