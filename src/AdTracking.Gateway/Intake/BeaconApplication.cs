using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Responses;
using AdTracking.Gateway.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace AdTracking.Gateway.Intake;

/// <summary>What Kestrel calls for every request of the public listener: finds the route and counts the answer.</summary>
internal sealed class BeaconApplication(
    Routes routes, IntakeCounters counters, PixelRoute pixels, EventsRoute events, BeaconRoute beacons, ClickRoute clicks, BillingRoute billing)
    : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        Exchange exchange;
        if (contextFeatures is IHostContextContainer<Exchange> connection)
        {
            exchange = connection.HostContext ??= new Exchange(contextFeatures);
        }
        else
        {
            exchange = new Exchange(contextFeatures);
        }

        exchange.Begin();
        return exchange;
    }

    public Task ProcessRequestAsync(Exchange context)
    {
        CorsHeaders.Add(context);
        if (HttpMethods.IsOptions(context.Method))
        {
            context.Route = IntakeRoute.Preflight;
            CorsHeaders.Preflight(context);
            return Task.CompletedTask;
        }

        context.Route = routes.Find(context.Path);
        var isPost = HttpMethods.IsPost(context.Method);
        var isGet = HttpMethods.IsGet(context.Method) || context.IsHead;
        switch (context.Route)
        {
            case IntakeRoute.Impression or IntakeRoute.Engagement when isGet:
                return pixels.HandleAsync(context);
            case IntakeRoute.Events when isPost:
                return events.HandleAsync(context);
            case IntakeRoute.Beacon when isPost:
                return beacons.HandleAsync(context);
            case IntakeRoute.Click when isGet:
                return clicks.HandleAsync(context);
            case IntakeRoute.BillingNotice when isPost || HttpMethods.IsGet(context.Method):
                return billing.HandleAsync(context);
            case IntakeRoute.Robots when isGet:
                Robots.Send(context);
                return Task.CompletedTask;
            case IntakeRoute.Unknown:
                Problem.Send(context, FaultCode.NotFound);
                return Task.CompletedTask;
            default:
                context.Headers.Allow = Routes.Methods(context.Route);
                Problem.Send(context, FaultCode.MethodNotAllowed);
                return Task.CompletedTask;
        }
    }

    public void DisposeContext(Exchange context, Exception? exception) =>
        counters.CountRequest(context.Route, exception is null ? context.Status : StatusCodes.Status500InternalServerError, context.StartedAt);
}
