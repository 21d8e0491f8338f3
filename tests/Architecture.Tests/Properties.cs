using Xunit.Sdk;
using Xunit.v3;

// One reader at a time: compiled code is read lazily, and the rules share what was read.
[assembly: Parallelization(Mode = ParallelMode.None)]
