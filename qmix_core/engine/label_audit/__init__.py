"""Out-of-sample heads and the noise model that the verdict rests on."""
