"""What only the paper of Cao et al. 2021 prints of its cells."""
