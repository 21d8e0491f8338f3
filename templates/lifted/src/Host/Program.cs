using Coupons;
using Host;

return await HostProgram.RunAsync(args, typeof(Program).Assembly, new CouponsModule());
