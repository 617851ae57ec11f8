package dev.aerie.ptz.control;

/// Where a target is and how fast it goes along one angle, from noisy observations: two Kalman filters, one for steady
/// and one for changing motion, that share the observations and are weighed by how well each foretells them. Used by
/// one thread.
///
/// Steady motion is extrapolated as it is; changing motion dies away while it is extrapolated.
///
/// Source: H. Blom and Y. Bar-Shalom, The Interacting Multiple Model Algorithm for Systems with Markovian Switching
/// Coefficients, IEEE Transactions on Automatic Control 33, 1988; the decay is R. Singer's, IEEE Transactions on
/// Aerospace and Electronic Systems 6, 1970.
final class AngleFilter {

    private final Mode steady;
    private final Mode changing;
    private final double switchesPerSecond;
    private double steadyProbability = 0.5;

    /// - `steadyNoise`, `changingNoise`: spectral density of the acceleration, degrees²/s³
    /// - `decaySeconds`: in which changing motion dies away to a third while it is extrapolated
    /// - `switchesPerSecond`: between the two kinds of motion, either way
    AngleFilter(double steadyNoise, double changingNoise, double decaySeconds, double switchesPerSecond) {
        steady = new Mode(steadyNoise, Double.POSITIVE_INFINITY);
        changing = new Mode(changingNoise, decaySeconds);
        this.switchesPerSecond = switchesPerSecond;
    }

    /// Begins at an observed angle.
    ///
    /// - `variance`: of the angle, degrees²
    /// - `speedDeviation`: of the speed, which is expected to be 0, degrees/s
    void begin(double angle, double variance, double speedDeviation) {
        steady.begin(angle, variance, speedDeviation * speedDeviation);
        changing.begin(angle, variance, speedDeviation * speedDeviation);
        steadyProbability = 0.5;
    }

    /// Lets time pass.
    void advance(double seconds) {
        mix(Math.clamp(switchesPerSecond * seconds, 0, 0.5));
        steady.advance(seconds);
        changing.advance(seconds);
    }

    /// What this filter will be in some time, without observations.
    AngleFilter in(double seconds) {
        var later = new AngleFilter(steady.noise, changing.noise, changing.decaySeconds, switchesPerSecond);
        later.steady.become(steady, steady, 1);
        later.changing.become(changing, changing, 1);
        later.steadyProbability = steadyProbability;
        later.advance(seconds);
        return later;
    }

    /// Takes in an observation of the present angle.
    void observe(double angle, double variance) {
        double steadyLikelihood = steady.observe(angle, variance) * steadyProbability;
        double changingLikelihood = changing.observe(angle, variance) * (1 - steadyProbability);
        double sum = steadyLikelihood + changingLikelihood;
        steadyProbability = sum > 1e-12 ? Math.clamp(steadyLikelihood / sum, 0.02, 0.98) : 0.02;
    }

    /// By how many standard deviations an observation would surprise.
    double surprise(double angle, double variance) {
        double spread = steadyProbability * steady.variance + (1 - steadyProbability) * changing.variance;
        double apart = steady.angle - changing.angle;
        spread += steadyProbability * (1 - steadyProbability) * apart * apart;
        return Math.abs(angle - angleIn(0)) / Math.sqrt(spread + variance);
    }

    /// The angle in some time, in degrees.
    double angleIn(double seconds) {
        return steadyProbability * steady.angleIn(seconds) + (1 - steadyProbability) * changing.angleIn(seconds);
    }

    /// The speed in some time, in degrees/s.
    double speedIn(double seconds) {
        return steadyProbability * steady.speedIn(seconds) + (1 - steadyProbability) * changing.speedIn(seconds);
    }

    /// Turns the angle by some degrees, for a frame of reference that turned.
    void turn(double degrees) {
        steady.angle += degrees;
        changing.angle += degrees;
    }

    private void mix(double switching) {
        double intoSteady = steadyProbability * (1 - switching) + (1 - steadyProbability) * switching;
        double steadyFromSteady = steadyProbability * (1 - switching) / intoSteady;
        double changingFromSteady = steadyProbability * switching / (1 - intoSteady);
        Mode before = steady.copy();
        steady.become(before, changing, steadyFromSteady);
        changing.become(before, changing.copy(), changingFromSteady);
        steadyProbability = intoSteady;
    }

    /// A Kalman filter of angle and speed.
    private static final class Mode {

        private final double noise;
        private final double decaySeconds;
        private double angle;
        private double speed;
        private double variance;
        private double covariance;
        private double speedVariance;

        Mode(double noise, double decaySeconds) {
            this.noise = noise;
            this.decaySeconds = decaySeconds;
        }

        Mode copy() {
            var copy = new Mode(noise, decaySeconds);
            copy.become(this, this, 1);
            return copy;
        }

        void begin(double at, double angleVariance, double ofSpeed) {
            angle = at;
            speed = 0;
            variance = angleVariance;
            covariance = 0;
            speedVariance = ofSpeed;
        }

        /// Becomes the mean of two, with the spread between them.
        void become(Mode first, Mode second, double shareOfFirst) {
            double shareOfSecond = 1 - shareOfFirst;
            double meanAngle = shareOfFirst * first.angle + shareOfSecond * second.angle;
            double meanSpeed = shareOfFirst * first.speed + shareOfSecond * second.speed;
            double product = shareOfFirst * shareOfSecond;
            double apart = first.angle - second.angle;
            double speedApart = first.speed - second.speed;
            double mixedVariance =
                    shareOfFirst * first.variance + shareOfSecond * second.variance + product * apart * apart;
            double mixedCovariance =
                    shareOfFirst * first.covariance + shareOfSecond * second.covariance + product * apart * speedApart;
            double mixedSpeedVariance = shareOfFirst * first.speedVariance
                    + shareOfSecond * second.speedVariance
                    + product * speedApart * speedApart;
            angle = meanAngle;
            speed = meanSpeed;
            variance = mixedVariance;
            covariance = mixedCovariance;
            speedVariance = mixedSpeedVariance;
        }

        void advance(double seconds) {
            double reach = reach(seconds);
            double left = left(seconds);
            angle += reach * speed;
            speed *= left;
            variance +=
                    2 * reach * covariance + reach * reach * speedVariance + noise * seconds * seconds * seconds / 3;
            covariance = left * (covariance + reach * speedVariance) + noise * seconds * seconds / 2;
            speedVariance = left * left * speedVariance + noise * seconds;
        }

        /// Returns the likelihood of the observation.
        double observe(double observed, double noiseVariance) {
            double total = variance + noiseVariance;
            double innovation = observed - angle;
            double gain = variance / total;
            double speedGain = covariance / total;
            angle += gain * innovation;
            speed += speedGain * innovation;
            speedVariance -= speedGain * covariance;
            covariance *= 1 - gain;
            variance *= 1 - gain;
            return Math.exp(-innovation * innovation / (2 * total)) / Math.sqrt(total);
        }

        double angleIn(double seconds) {
            return angle + reach(seconds) * speed;
        }

        double speedIn(double seconds) {
            return left(seconds) * speed;
        }

        private double reach(double seconds) {
            return Double.isInfinite(decaySeconds) ? seconds : decaySeconds * (1 - Math.exp(-seconds / decaySeconds));
        }

        private double left(double seconds) {
            return Double.isInfinite(decaySeconds) ? 1 : Math.exp(-seconds / decaySeconds);
        }
    }
}
