import { expect, test } from "vitest";
import { nearestRegion } from "../../worker/integrations/region";

test.each([
	["Berlin", { continent: "EU", country: "DE", longitude: "13.40" }, "weur"],
	["Warsaw", { continent: "EU", country: "PL", longitude: "21.01" }, "eeur"],
	["Seattle", { continent: "NA", country: "US", longitude: "-122.33" }, "wnam"],
	["New York", { continent: "NA", country: "US", longitude: "-74.00" }, "enam"],
	["Lima", { continent: "SA", country: "PE", longitude: "-77.04" }, "sam"],
	["Tokyo", { continent: "AS", country: "JP", longitude: "139.69" }, "apac"],
	["Dubai", { continent: "AS", country: "AE", longitude: "55.27" }, "me"],
	["Sydney", { continent: "OC", country: "AU", longitude: "151.21" }, "oc"],
	["Nairobi", { continent: "AF", country: "KE", longitude: "36.82" }, "afr"],
	["the pole", { continent: "AN", longitude: "0" }, "auto"],
	["a place in Europe that is not known better", { continent: "EU" }, "weur"],
	["a place in America that is not known better", { continent: "NA" }, "enam"],
	["nowhere", {}, "auto"],
])("%s", (_place, cf, region) => {
	expect(nearestRegion(cf)).toBe(region);
});
