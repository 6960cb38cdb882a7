using AdTracking.SchemaTool.Commands;

return ToolCommand.Run(args, Console.Out, Console.Error);
