package dev.aerie.vision.mot;

/// A Kalman filter of one coordinate that moves with nearly constant speed; time is counted in frames.
final class KalmanAxis {

    private double position;
    private double speed;
    private double positionVariance;
    private double covariance;
    private double speedVariance;

    KalmanAxis(double position, double positionSigma, double speedSigma) {
        this.position = position;
        this.positionVariance = positionSigma * positionSigma;
        this.speedVariance = speedSigma * speedSigma;
    }

    /// Becomes as `other` is.
    void become(KalmanAxis other) {
        position = other.position;
        speed = other.speed;
        positionVariance = other.positionVariance;
        covariance = other.covariance;
        speedVariance = other.speedVariance;
    }

    double position() {
        return position;
    }

    /// Predicts by a number of frames; the sigmas are the noise of one frame.
    void predict(double frames, double positionSigma, double speedSigma) {
        position += speed * frames;
        positionVariance += frames * (2 * covariance + frames * speedVariance + positionSigma * positionSigma);
        covariance += frames * speedVariance;
        speedVariance += frames * speedSigma * speedSigma;
    }

    void correct(double measured, double sigma) {
        double total = positionVariance + sigma * sigma;
        double positionGain = positionVariance / total;
        double speedGain = covariance / total;
        double innovation = measured - position;
        position += positionGain * innovation;
        speed += speedGain * innovation;
        speedVariance -= speedGain * covariance;
        covariance -= positionGain * covariance;
        positionVariance -= positionGain * positionVariance;
    }

    /// Applies the camera's motion: the coordinate is now `newPosition`, lengths are scaled by `scale`.
    void transform(double newPosition, double scale) {
        position = newPosition;
        speed *= scale;
        positionVariance *= scale * scale;
        covariance *= scale * scale;
        speedVariance *= scale * scale;
    }

    void stop() {
        speed = 0;
    }
}
