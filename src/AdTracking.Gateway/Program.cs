using AdTracking.Gateway.Hosting;

return await GatewayProcess.RunAsync(args, Environment.GetEnvironmentVariables(), Console.Out, Console.Error);
