//! Against the stand-in of the PBX, which refuses what a PBX would refuse.

mod changing;
mod deleting;
mod listing;
mod simulated;
