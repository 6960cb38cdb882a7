using AdTracking.SchemaTool;

return ToolCommand.Run(args, Console.Out, Console.Error);
